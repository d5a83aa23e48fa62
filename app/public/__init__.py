"""What anybody may see: the front page, a city, a kelurahan, boards, programmes, the method."""
