"""What is derived beside what is stored, table by table and page by page."""
