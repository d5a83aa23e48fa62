// Only an answer of ours counts as one.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Unreachable, call } from "../../static/js/send/call.js";

const real = globalThis.fetch;
afterEach(() => (globalThis.fetch = real));

/** @param {() => Response | Promise<Response>} answer @returns {{path: string, headers: Record<string, string>, body: unknown}[]} what was asked */
function answering(answer) {
  const asked = [];
  globalThis.fetch = async (path, { headers, body }) => {
    asked.push({ path, headers, body });
    return answer();
  };
  return asked;
}

const json = (status, told, headers = {}) => () => new Response(told === undefined ? "" : JSON.stringify(told), { status, headers });
const page = (status) => () => new Response("<h1>Selamat datang di Wi-Fi hotel</h1>", { status });

for (const [what, answer, status] of [
  ["what was asked for", json(200, { id: "1" }), 200],
  ["a problem of ours", json(422, { type: "urn:sabuk:problem:invalid" }), 422],
  ["a gate that is overrun", page(503), 503],
  ["a gate to which a photograph is too large", page(413), 413],
]) {
  test(`${what} is an answer`, async () => {
    answering(answer);
    assert.equal((await call("GET", "/api/v1/me")).status, status);
  });
}

for (const [what, answer] of [
  ["a hotel's page", page(200)],
  ["a stranger's 404", page(404)],
  ["a stranger's JSON", json(404, { type: "about:blank" })],
  ["a broken server", page(500)],
  ["no signal", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a reply that was cut", () => ({ status: 200, headers: new Headers(), json: () => Promise.reject(new TypeError("cut")) })],
]) {
  test(`${what} is none`, async () => {
    answering(answer);
    await assert.rejects(call("GET", "/api/v1/me"), Unreachable);
  });
}

test("a request says for whom it is meant, and how long the server asks to wait is told", async () => {
  const asked = answering(json(429, { type: "urn:sabuk:problem:often" }, { "Retry-After": "30" }));
  const { retryAfterS } = await call("PUT", "/api/v1/actions/1", { account: "budi", json: { minutes: 20 } });
  assert.equal(retryAfterS, 30);
  const [{ headers, body }] = asked;
  assert.deepEqual([headers["X-Sabuk"], headers["X-Sabuk-Account"], headers["Content-Type"], body], ["1", "budi", "application/json", '{"minutes":20}']);
});
