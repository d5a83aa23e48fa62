// Metres and circles as the server reckons them: one table of cases for both (tests/actions/test_assess.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { circle, distanceM, nearest, radiusM } from "../../static/js/common/geo.js";

const CASES = JSON.parse(readFileSync(new URL("../distances.json", import.meta.url), "utf8"));

for (const { what, site, point, radius_m, accuracy_m, perhaps_m, distance_m, where } of CASES) {
  test(`${what}: the metres and the side of the circle that the table says`, () => {
    const metres = distanceM(site, point);
    assert.ok(Math.abs(metres - distance_m) <= Math.max(1e-4 * distance_m, 0.001), `${metres}, not ${distance_m}`);
    assert.equal(circle(metres, radius_m, accuracy_m, perhaps_m), where);
  });
}

test("the nearest of the sites comes with its metres", () => {
  const [near, far] = [{ name: "dekat", lon: 107.61, lat: -6.92 }, { name: "jauh", lon: 107.7, lat: -6.92 }];
  const found = nearest([far, near], { lon: 107.61, lat: -6.92 });
  assert.deepEqual([found.name, found.m], ["dekat", 0]);
  assert.equal(nearest([], near), undefined);
});

for (const [own, radius] of [[null, 200], [150, 150], [20, 50], [900, 500]]) {
  test(`a site's own radius of ${own} counts as ${radius}`, () => assert.equal(radiusM(own, [200, 50, 500]), radius));
}

test("who stands on the circle stands in it, and as far out as is forgiven only perhaps", () => {
  assert.deepEqual([200, 200.1, 230, 230.1].map((metres) => circle(metres, 200, 50, 30)), ["inside", "perhaps", "perhaps", "outside"]);
  assert.deepEqual([200, 200.1].map((metres) => circle(metres, 200, null, 30)), ["inside", "outside"]);
});
