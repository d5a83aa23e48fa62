// Everything that maps to move in need, in one file that comes when somebody asks for a map.
// It must import nothing that pages load anyway: the build would part that off into one more file for every page.
export { openMap } from "./map-room.js";
