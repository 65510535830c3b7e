import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeSchedule } from "../../cli/cron-words";
import { parseCron } from "../../provider/cron";

const now = new Date("2026-01-01T00:00:00Z");

const words: [expression: string, words: string][] = [
  ["* * * * * ?", "Every second"],
  ["0 * * * * ?", "Every minute"],
  ["0 0/15 8-18 ? * MON-FRI", "Every 15 minutes, between 08:00 and 18:59, Monday through Friday"],
  ["0 5/20 * * * ?", "Every 20 minutes, starting at 5 minutes past the hour"],
  ["0 0 */7 * * ?", "At 00:00, 07:00, 14:00 and 21:00"],
  ["0 0 8-18/2 * * ?", "On the hour, every 2 hours, between 08:00 and 18:00"],
  ["0 0 22-2 * * ?", "Every hour, at 00:00 through 02:00, 22:00, and 23:00"],
  ["30 15 4 * * ?", "At 04:15:30"],
  // 1 is Sunday on the server.
  ["0 0 2 ? * 1", "At 02:00, only on Sunday"],
  ["0 0 2 ? * FRI-MON", "At 02:00, only on Sunday, Monday, Friday, and Saturday"],
  ["0 0 2 ? * L", "At 02:00, only on Saturday"],
  ["0 0 2 ? * 6L", "At 02:00, on the last Friday of the month"],
  ["0 0 2 ? * FRI#3", "At 02:00, on the third Friday of the month"],
  ["0 0 2 ? * 0#2", "At 02:00, on the second Saturday of the month"],
  // Of a list the server looks at the smallest only.
  ["0 0 2 ? * FRI,MON#1", "At 02:00, on the first Monday of the month"],
  ["0 0 2 5,15W * ?", "At 02:00, on the weekday nearest day 5 of the month"],
  ["0 0 2 15W * ?", "At 02:00, on the weekday nearest day 15 of the month"],
  ["0 0 2 L * ?", "At 02:00, on the last day of the month"],
  ["0 0 2 LW * ?", "At 02:00, on the last weekday of the month"],
  ["0 0 2 L-3 * ?", "At 02:00, 3 days before the last day of the month"],
  ["0 0 2 L-3W * ?", "At 02:00, on the weekday nearest to 3 days before the last day of the month"],
  ["0 0 2 0W * ?", '"0 0 2 0W * ? *"'],
  ["0 0 2 1 NOV-FEB ?", "At 02:00, on day 1 of the month, only in January, February, November, and December"],
  ["0 0 2 1 1 ? 2030/20", expect.stringMatching(/^At 02:00, .* January, every 20 years, 2030 through 2\d{3}$/)],
  // Read as the server reads it: the step goes past the end, the rest is ignored.
  ["5x 0/99 2 * * ? * and more", "At 02:00:05"],
  ["0 0 2 30 2 ?", "At 02:00, on day 30 of the month, only in February"],
  ["0 0 2 1 L ?", "Never"],
  ["0 0 2 ? * 9#2", "Never"],
];

test.each(words)("%j is %j", (expression, expected) => {
  expect(describeSchedule(expression, now).split(";")[0]).toEqual(expected);
});

test("the next three runs follow, in UTC", () => {
  expect(describeSchedule("0 0 2 * * ?", now)).toBe(
    "At 02:00; next runs 2026-01-01 02:00:00, 2026-01-02 02:00:00, 2026-01-03 02:00:00 UTC",
  );
});

test("fewer runs are told as they are", () => {
  expect(describeSchedule("0 0 2 1 3 ? 2026", now)).toMatch(/; next run 2026-03-01 02:00:00 UTC$/);
  expect(describeSchedule("0 0 2 1 3 ? 2025", now)).toMatch(/, only in 2025; no further run in UTC$/);
});

test("without a time the runs are those after now", () => {
  jest.useFakeTimers({ now });
  expect(describeSchedule("* * * * * ?")).toMatch(/; next runs 2026-01-01 00:00:01, /);
  jest.useRealTimers();
});

test("a refused schedule says why, with its field", () => {
  expect(() => describeSchedule("0 60 * * * ?")).toThrow(
    new RangeError('schedule "0 60 * * * ?": minutes: 60 is out of range 0-59'),
  );
  expect(() => describeSchedule("@daily")).toThrow(/^schedule "@daily": has 1 field; Elasticsearch needs 6 or 7/);
});

test("every accepted schedule of Quartz's table has words", () => {
  const text = readFileSync(join(__dirname, "data", "quartz-verdicts.json"), "utf8");
  const { verdicts } = JSON.parse(text) as { verdicts: Record<string, string> };
  const accepted = Object.keys(verdicts).filter((expression) => parseCron(expression).ok);
  const odd = accepted
    .map((expression) => [expression, describeSchedule(expression, now)])
    .filter(([, description]) => !/^(Never|[A-Z][^;"]+); .*UTC$/.test(`${description}`));
  expect(odd.map(([expression]) => expression)).toEqual(["0 0 0 0W * ?"]);
});
