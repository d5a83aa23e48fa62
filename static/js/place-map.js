// <place-map>: the drawn map of a city becomes one to move in, on tap: the same areas, shades and addresses.
import { MapOpener } from "./map-opener.js";

class PlaceMap extends MapOpener {
  drawn(maps, outlines) {
    return maps.openAreas(this, outlines);
  }

  show(open) {
    // Away, not taken out: the legend and the new map use its hatch.
    this.querySelector("svg.map").toggleAttribute("data-away", open);
    this.opener.hidden = open;
    this.ground.hidden = this.closer.hidden = !open;
  }
}

customElements.define("place-map", PlaceMap);
