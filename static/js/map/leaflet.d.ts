// The build takes Leaflet's modules; its types stand at the package's own name.
declare module "leaflet/dist/leaflet-src.esm.js" {
  export * from "leaflet";
}
