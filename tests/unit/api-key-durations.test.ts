import { millisecondsOf, roughly } from "../../provider/resources/api-key/durations";

test.each([
  [172_803, "2d"],
  [30 * 86_400, "30d"],
  [30 * 3600 + 5, "30h"],
  [36 * 3600, "36h"],
  [90 * 60 + 20, "90m"],
  [61, "61s"],
  [45, "45s"],
  [0.4, "0s"],
])("%d seconds read as %s", (seconds, text) => {
  expect(roughly(seconds * 1000)).toBe(text);
});

test("what reads as a duration is no more than a hundredth off", () => {
  for (let seconds = 100; seconds < 10_000_000; seconds = Math.ceil(seconds * 1.07)) {
    const read = millisecondsOf(roughly(seconds * 1000)) ?? 0;
    expect(Math.abs(read - seconds * 1000)).toBeLessThanOrEqual(seconds * 10);
  }
});
