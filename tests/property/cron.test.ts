import fc from "fast-check";
import { parseCron } from "../../provider/cron";

const bounds = {
  seconds: [0, 59],
  minutes: [0, 59],
  hours: [0, 23],
  "day of month": [1, 31],
  month: [1, 12],
  "day of week": [1, 7],
} as const;
type BoundedField = keyof typeof bounds;
const order = Object.keys(bounds) as BoundedField[];

/** A field's text with the values that it must select, worked out by listing instead of by parsing. */
interface Part {
  text: string;
  values: number[];
}

function part(field: BoundedField): fc.Arbitrary<Part> {
  const [min, max] = bounds[field];
  const all = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  const value = fc.integer({ min, max });
  const single = value.map((one) => ({ text: `${one}`, values: [one] }));
  const every = fc.constant({ text: "*", values: all });
  const range = fc.tuple(value, value).map(([from, to]) => {
    const inside = from <= to ? (one: number) => one >= from && one <= to : (one: number) => one >= from || one <= to;
    return { text: `${from}-${to}`, values: all.filter(inside) };
  });
  const step = fc
    .tuple(fc.option(value, { nil: undefined }), fc.integer({ min: 1, max: max - min }))
    .map(([from, by]) => ({
      text: `${from ?? "*"}/${by}`,
      values: all.filter((one) => one >= (from ?? min) && (one - (from ?? min)) % by === 0),
    }));
  const list = fc.array(fc.oneof(single, range, step), { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(","),
    values: all.filter((one) => parts.some(({ values }) => values.includes(one))),
  }));
  return fc.oneof(single, every, list);
}

interface Schedule {
  parts: Record<BoundedField, Part>;
  open: "day of month" | "day of week";
  text: string;
}

const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    parts: fc.record(
      Object.fromEntries(order.map((field) => [field, part(field)])) as Record<BoundedField, fc.Arbitrary<Part>>,
    ),
    open: fc.constantFrom("day of month" as const, "day of week" as const),
  })
  .map(({ parts, open }) => ({ parts, open, text: write(parts, open) }));

function write(parts: Record<BoundedField, Part>, open: string): string {
  return order.map((field) => (field === open ? "?" : parts[field].text)).join(" ");
}

function matches({ parts, open }: Schedule, epochMs: number): boolean {
  const date = new Date(epochMs);
  const actual: Record<BoundedField, number> = {
    seconds: date.getUTCSeconds(),
    minutes: date.getUTCMinutes(),
    hours: date.getUTCHours(),
    "day of month": date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    "day of week": date.getUTCDay() + 1,
  };
  return order.every((field) => field === open || parts[field].values.includes(actual[field]));
}

const instants = fc
  .tuple(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) }), fc.boolean())
  .map(([epochMs, whole]) => (whole ? epochMs - (epochMs % 1000) : epochMs));

function cronOf(text: string) {
  const result = parseCron(text);
  if (!result.ok) {
    throw new Error(`${text}: ${result.field ?? ""} ${result.reason}`);
  }
  return result.cron;
}

test("a valid schedule is accepted, and its next time matches every field", () => {
  fc.assert(
    fc.property(schedules, instants, (schedule, after) => {
      const next = cronOf(schedule.text).nextAfter(after);
      if (next !== undefined) {
        expect(next).toBeGreaterThan(after);
        expect(next % 1000).toBe(0);
        expect(matches(schedule, next)).toBe(true);
      } else {
        // Only a day that the chosen months don't have can be without a time.
        expect(schedule.open).toBe("day of week");
        expect(Math.min(...schedule.parts["day of month"].values)).toBeGreaterThan(28);
      }
    }),
  );
});

test("no time is skipped: the next one is never later than a time that matches", () => {
  const picks = fc.array(fc.nat({ max: 1000 }), { minLength: 6, maxLength: 6 });
  const distance = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 5_000_000_000 }));
  fc.assert(
    fc.property(schedules, picks, distance, (schedule, choice, before) => {
      const chosen = matchingTime(schedule, choice);
      fc.pre(matches(schedule, chosen));
      expect(cronOf(schedule.text).nextAfter(chosen - before)).toBeLessThanOrEqual(chosen);
    }),
  );
});

// Picks a value of each field; with a day of week, the first such day from some date on.
function matchingTime({ parts, open }: Schedule, choice: number[]): number {
  const pick = (field: BoundedField) => {
    const { values } = parts[field];
    return values[(choice[order.indexOf(field)] ?? 0) % values.length] ?? 0;
  };
  const month = pick("month") - 1;
  const firstWeekday = new Date(Date.UTC(2027, month, 1)).getUTCDay() + 1;
  const day = open === "day of week" ? pick("day of month") : 1 + ((pick("day of week") - firstWeekday + 7) % 7);
  return Date.UTC(2027, month, day, pick("hours"), pick("minutes"), pick("seconds"));
}

test("a time that matches is its own next time, seen from a second before", () => {
  fc.assert(
    fc.property(schedules, instants, (schedule, after) => {
      const cron = cronOf(schedule.text);
      const next = cron.nextAfter(after);
      fc.pre(next !== undefined);
      expect(cron.nextAfter(next - 1)).toBe(next);
      expect(cron.nextAfter(next - 1000)).toBe(next);
    }),
  );
});

test("spelling doesn't matter: case, spaces, an explicit year", () => {
  fc.assert(
    fc.property(schedules, instants, (schedule, after) => {
      const respelled = `\t${schedule.text.replaceAll(" ", " \t ")} *`.toLowerCase();
      expect(cronOf(respelled).nextAfter(after)).toBe(cronOf(schedule.text).nextAfter(after));
    }),
  );
});

test("one value out of range is refused, and the field is named", () => {
  const outside = fc.constantFrom(...order).chain((field) => {
    const [min, max] = bounds[field];
    // 98 and 99 stand for "?" and "*" on the server.
    const any = fc.integer({ min: max + 1, max: 5000 }).filter((value) => value !== 98 && value !== 99);
    const high = fc.oneof(fc.constant(max + 1), any);
    const value = min === 0 ? high : fc.oneof(high, fc.constant(0));
    const form = fc.constantFrom(
      (bad: number) => `${bad}`,
      (bad: number) => `${min},${bad}`,
      (bad: number) => `${bad}-${max}`,
      (bad: number) => `${bad}/2`,
      (bad: number) => (bad === 0 ? "0" : `${min}-${bad}`),
      (bad: number) => (bad === 0 ? "0" : `*/${bad}`),
    );
    return fc.tuple(fc.constant(field), value, form).map(([name, bad, write]) => ({ name, text: write(bad) }));
  });
  fc.assert(
    fc.property(schedules, outside, (schedule, bad) => {
      const open =
        bad.name === "day of month" ? "day of week" : bad.name === "day of week" ? "day of month" : schedule.open;
      const parts = { ...schedule.parts, [bad.name]: { text: bad.text, values: [] } };
      expect(parseCron(write(parts, open))).toMatchObject({ ok: false, field: bad.name });
    }),
  );
});

test("fewer than six fields are refused", () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: 0, max: 5 }), (schedule, count) => {
      const text = schedule.text.split(" ").slice(0, count).join(" ");
      expect(parseCron(text)).toMatchObject({ ok: false, reason: expect.stringContaining("6 or 7") });
    }),
  );
});

test("any text gets a verdict, and what is accepted finds an end", () => {
  const letters = fc.constantFrom(..."0123456789*/-,?LW# \t\nJANMONx");
  const text = fc.oneof(
    fc.string(),
    fc.array(letters, { maxLength: 40 }).map((all) => all.join("")),
    fc
      .array(
        fc.array(letters, { minLength: 1, maxLength: 4 }).map((all) => all.join("")),
        { minLength: 6, maxLength: 8 },
      )
      .map((all) => all.join(" ")),
  );
  fc.assert(
    fc.property(text, instants, (any, after) => {
      const result = parseCron(any);
      if (!result.ok) {
        expect(result.reason).not.toBe("");
      } else {
        const next = result.cron.nextAfter(after);
        expect(next === undefined || next > after).toBe(true);
      }
    }),
  );
});
