// <map-pin>: a position pointed at on a map. What is chosen is told as the event "pin", is written into the form's fields named by
// `lon` and `lat`, or by `point` ("lat, lon"), and takes the choice `choice` ("name=value"); `radius` names a field of metres to
// draw around the point. `sites` are circles to show.
import { MapOpener } from "./map-opener.js";
import { distanceM } from "./geo.js";

class MapPin extends MapOpener {
  drawn(maps, outlines) {
    this.part("room").scrollIntoView({ block: "nearest" });
    return maps.openPin(this, outlines, distanceM);
  }

  show(open) {
    this.part("room").hidden = !open;
    this.opener.hidden = open;
  }
}

customElements.define("map-pin", MapPin);
