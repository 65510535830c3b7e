import { type FieldName, parseCron } from "../../provider/cron";

const accepted = [
  // plain forms
  "0 0 2 * * ?",
  "0 0 2 ? * *",
  "0 0 0/6 * * ?",
  "0 */15 * * * ?",
  "0 0/15 8-18 ? * MON-FRI",
  "0,15,30,45 * * * * ?",
  "0 0 0 1 1 ? 2030",
  "0 0 0 1 JAN ? *",
  "0 0 0 1 jan-mar ?",
  "0 0 0 ? JAN,JUN,DEC sun,sat",
  "  0   0\t2 * * ?  ",
  "0 0 2 * * ?\n",
  // last days, nearest weekdays, nth weekdays
  "0 0 0 L * ?",
  "0 0 0 LW * ?",
  "0 0 0 L-3 * ?",
  "0 0 0 L-30 * ?",
  "0 0 0 L-3W * ?",
  "0 0 0 L-W * ?",
  "0 0 0 15W * ?",
  "0 0 0 31W * ?",
  "0 0 0 ? * L",
  "0 0 0 ? * 6L",
  "0 0 0 ? * FRIL",
  "0 0 0 ? * 6#3",
  "0 0 0 ? * FRI#5",
  "0 0 0 ? * MON,FRI#2",
  // ranges that run over the end
  "50-10 55-5 22-2 ? NOV-FEB 6-2",
  "0 0 0 25-5 * ?",
  "0 0 22-4/2 * * ?",
  // steps: limited after "*" only
  "*/59 */59 */23 */31 */12 ?",
  "0 0 0 ? * */7",
  "0/99 0 0 * * ?",
  "0 0-30/99 0 * * ?",
  "*/0 */-5 */+3 * * ?",
  "/5 0 0 * * ?",
  "0/0 0 0 * * ?",
  // years
  "0 0 0 * * ? 2030-2040",
  "0 0 0 * * ? 2030/2",
  "0 0 0 * * ? 1969",
  "0 0 0 * * ? 5000",
  "0 0 0 * * ? */200",
  // oddities of the server
  "0 0 2 * * ? 2030 and more",
  "99 0 0 * * ?",
  "0 0 0 98 * MON",
  "0 0 0 ? * 9#2",
  "0 0 0 0W * ?",
  "5x 0 0 * * ?",
  "1-5x 0 0 * * ?",
  "0/15x 0 0 * * ?",
  "*5 0 0 * * ?",
  "0 0 0 1 JANUARY ?",
  "0 0 0 ?5 * MON",
  "L 0 0 * * ?",
  "0 0 0 * L ?",
  ", 0 0 * * ?",
  "0,,30 0 0 * * ?",
  "007 0 0 * * ?",
];

const refused: [text: string, field: FieldName | undefined, reason: RegExp][] = [
  ["", undefined, /^is empty; Elasticsearch needs 6 or 7/],
  [" \t ", undefined, /^is empty/],
  ["0", undefined, /^has 1 field;/],
  ["0 2 * * *", undefined, /^has 5 fields; Elasticsearch needs 6 or 7: seconds first, e\.g\. "0 0 2 \* \* \?"$/],
  ["@daily", undefined, /^has 1 field;/],
  ["0\n0 2 * * ?", undefined, /^has 5 fields/],
  // ranges of the fields
  ["60 0 0 * * ?", "seconds", /^60 is out of range 0-59$/],
  ["61 0 0 * * ?", "seconds", /^61 is out of range 0-59$/],
  ["0 60 0 * * ?", "minutes", /^60 is out of range 0-59$/],
  ["0 0 24 * * ?", "hours", /^24 is out of range 0-23$/],
  ["0 0 0 32 * ?", "day of month", /^32 is out of range 1-31$/],
  ["0 0 0 0 * ?", "day of month", /^0 is out of range/],
  ["0 0 0 1 13 ?", "month", /^13 is out of range 1-12 or JAN-DEC$/],
  ["0 0 0 1 0 ?", "month", /^0 is out of range/],
  ["0 0 0 ? * 8", "day of week", /^8 is out of range 1-7 \(1 is Sunday\)/],
  ["0 0 0 ? * 0", "day of week", /^0 is out of range/],
  ["0-60 0 0 * * ?", "seconds", /^60 is out of range/],
  ["0 0 0-24 * * ?", "hours", /^24 is out of range/],
  ["98 0 0 * * ?", "seconds", /^98 is out of range/],
  ["0 0 0 * * ? 2040-2030", "year", /first year/],
  ["0 0 0 * * ? 5000/1", "year", /first year/],
  ["2147483648 0 0 * * ?", "seconds", /too large/],
  // steps
  ["*/60 0 0 * * ?", "seconds", /^step 60 is over 59$/],
  ["0 */60 0 * * ?", "minutes", /^step 60 is over 59$/],
  ["0 0 */24 * * ?", "hours", /^step 24 is over 23$/],
  ["0 0 0 */32 * ?", "day of month", /^step 32 is over 31$/],
  ["0 0 0 1 */13 ?", "month", /^step 13 is over 12$/],
  ["0 0 0 ? * */8", "day of week", /^step 8 is over 7$/],
  ["*/ 0 0 * * ?", "seconds", /needs a number after "\/"/],
  ["/ 0 0 * * ?", "seconds", /needs a number after "\/"/],
  ["0/ 0 0 * * ?", "seconds", /needs a number after "\/"/],
  ["0/5x 0 0 * * ?", "seconds", /needs a number after "\/"/],
  ["0-30/ 0 0 * * ?", "seconds", /needs a number after "\/"/],
  ["0- 0 0 * * ?", "seconds", /needs a number after "-"/],
  // names
  ["0 0 0 1 FOO ?", "month", /"FOO" is not a value of this field; use 1-12 or JAN-DEC/],
  ["0 0 0 1 JAN-FOO ?", "month", /"FOO"/],
  ["0 0 0 1 MAR-5 ?", "month", /"5"/],
  ["0 0 0 ? * FOO", "day of week", /"FOO" is not a value of this field; use 1-7/],
  ["0 0 0 ? * MO", "day of week", /"MO"/],
  ["MON 0 0 * * ?", "seconds", /"MON"/],
  ["-5 0 0 * * ?", "seconds", /"-5"/],
  // "?" and the two days
  ["? 0 0 * * ?", "seconds", /only for day of month and day of week/],
  ["0 0 0 1 ? ?", "month", /only for day of month and day of week/],
  ["0 0 0 ??? * MON", "day of month", /nothing may follow "\?"/],
  ["0 0 0 , * ?", "day of week", /needs a day of month/],
  ["0 0 0 * * *", undefined, /has both a day of month and a day of week; put "\?" in one/],
  ["0 0 0 1 * MON", undefined, /has both/],
  ["0 0 0 L * MON", undefined, /has both/],
  ["0 0 0 ? * ?", undefined, /only one of the two/],
  // "L", "W", "#"
  ["0 0 0 L,5 * ?", "day of month", /"L" can't be combined/],
  ["0 0 0 LW,5 * ?", "day of month", /"L" can't be combined/],
  ["0 0 0 ? * 2L,3", "day of week", /"L" can't be combined/],
  ["0 0 0 5L * ?", "day of month", /only in day of week/],
  ["0 0 0 L-31 * ?", "day of month", /30 at most/],
  ["0 0 0 L- * ?", "day of month", /number after "L-"/],
  ["0 0 0 W * ?", "day of month", /"W" is not a value/],
  ["0 0 0 32W * ?", "day of month", /^32 is out of range/],
  ["0 0 0 ? * 2W", "day of week", /"W" is only for day of month/],
  ["0 0 0 ? * 8L", "day of week", /^8 is out of range/],
  ["0 0 0 ? * 6#6", "day of week", /number from 1 to 5/],
  ["0 0 0 ? * 6#0", "day of week", /number from 1 to 5/],
  ["0 0 0 ? * FRI#", "day of week", /number from 1 to 5/],
  ["0 0 0 ? * 2#1,3#1", "day of week", /only one "#"/],
  ["0 0 0 2#1 * ?", "day of month", /"#" is only for day of week/],
];

test.each(accepted)("accepts %j", (text) => {
  expect(parseCron(text)).toMatchObject({ ok: true });
});

test.each(refused)("refuses %j", (text, field, reason) => {
  const result = parseCron(text);
  expect(result).toEqual({ ok: false, ...(field && { field }), reason: expect.stringMatching(reason) });
});

const nextTimes: [text: string, after: string, expected: string | undefined][] = [
  ["0 0 2 * * ?", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00Z"],
  ["0 0 2 * * ?", "2026-01-01T01:59:59.999Z", "2026-01-01T02:00:00Z"],
  ["0 0 2 * * ?", "2026-01-01T02:00:00Z", "2026-01-02T02:00:00Z"],
  ["* * * * * ?", "2026-12-31T23:59:59.500Z", "2027-01-01T00:00:00Z"],
  ["0 0/15 8-9 ? * MON-FRI", "2026-01-02T09:45:00Z", "2026-01-05T08:00:00Z"],
  ["0 0/20 8-9 * * ?", "2026-01-02T08:41:00Z", "2026-01-02T09:00:00Z"],
  ["0 0 0 25-5 * ?", "2026-01-30T00:00:00Z", "2026-01-31T00:00:00Z"],
  ["0 0 0 ? NOV-FEB *", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z"],
  ["30 59 23 28-31 * ?", "2026-02-28T23:59:30Z", "2026-03-28T23:59:30Z"],
  ["0 0 22-2/2 * * ?", "2026-01-01T02:00:01Z", "2026-01-01T22:00:00Z"],
  ["0 0 0 29 2 ?", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"],
  ["0 0 0 31 * ?", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z"],
  ["0 0 0 30 2 ?", "2026-01-01T00:00:00Z", undefined],
  ["0 0 0 L * ?", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z"],
  ["0 0 0 L-3 * ?", "2026-02-01T00:00:00Z", "2026-02-25T00:00:00Z"],
  ["0 0 0 L-30 * ?", "2026-01-02T00:00:00Z", "2026-03-01T00:00:00Z"],
  // 31 January 2026 is a Saturday, 1 February a Sunday.
  ["0 0 0 LW * ?", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00Z"],
  ["0 0 0 31W 1 ?", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00Z"],
  ["0 0 0 1W * ?", "2026-01-31T00:00:00Z", "2026-02-02T00:00:00Z"],
  // 1 August 2026 is a Saturday; the weekday may not leave the month.
  ["0 0 0 1W 8 ?", "2026-01-01T00:00:00Z", "2026-08-03T00:00:00Z"],
  // 31 May 2026 is a Sunday.
  ["0 0 0 LW 5 ?", "2026-01-01T00:00:00Z", "2026-05-29T00:00:00Z"],
  ["0 0 0 ? * L", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"],
  ["0 0 0 ? * 6L", "2026-01-01T00:00:00Z", "2026-01-30T00:00:00Z"],
  ["0 0 0 ? * 6#3", "2026-01-01T00:00:00Z", "2026-01-16T00:00:00Z"],
  ["0 0 0 ? * FRI#5", "2026-02-01T00:00:00Z", "2026-05-29T00:00:00Z"],
  ["0 0 0 ? * 0#2", "2026-01-01T00:00:00Z", "2026-01-10T00:00:00Z"],
  ["0 0 0 ? * 9#2", "2026-01-01T00:00:00Z", undefined],
  ["0 0 0 1 1 ? 2030", "2026-01-01T00:00:00Z", "2030-01-01T00:00:00Z"],
  ["0 0 0 1 1 ? 2030", "2030-01-01T00:00:00Z", undefined],
  ["0 0 0 * * ? 5000", "2026-01-01T00:00:00Z", undefined],
  ["0 0 0 * L ?", "2026-01-01T00:00:00Z", undefined],
  [", 0 0 * * ?", "2026-01-01T00:00:00Z", undefined],
];

test.each(nextTimes)("%j after %s is %s", (text, after, expected) => {
  const result = parseCron(text);
  const next = result.ok ? result.cron.nextAfter(Date.parse(after)) : Number.NaN;
  expect(next).toBe(expected === undefined ? undefined : Date.parse(expected));
});

test("equal schedules have equal normal forms, whatever their spelling", () => {
  const form = (text: string) => {
    const result = parseCron(text);
    return result.ok ? { ...result.cron, nextAfter: undefined } : result;
  };
  expect(form("0 0/30 8-10 ? jan-mar mon,WED")).toEqual(form("00 30,0 10,9,8 ? 1,2,3 2,4 *"));
  expect(form("0 0 0 L-0W * ?")).toEqual(form("0 0 0 LW * ?"));
  expect(form("99 0 0 * * ?")).toEqual(form("* 0 0 * * ?"));
  expect(form("0 0 0 1 * ?")).not.toEqual(form("0 0 0 2 * ?"));
});

test("no time is found after one that is none", () => {
  const result = parseCron("* * * * * ?");
  expect(result.ok && result.cron.nextAfter(Number.NaN)).toBeUndefined();
});
