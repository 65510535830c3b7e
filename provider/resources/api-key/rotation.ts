import { systemClock } from "../../model/clock";
import type { Issue } from "../../model/issues";
import { containsUnknown, isUnknown } from "../../model/unknown";
import { millisecondsOf } from "./durations";
import type { ApiKeyInputs } from "./schema";

type Inputs = Partial<Pick<ApiKeyInputs, "expiration" | "rotateAfter" | "rotateBeforeExpiry" | "rotateAt">>;

/** Rules of the settings among each other. */
export function rotationIssues({ expiration, rotateAfter, rotateBeforeExpiry }: Inputs): Issue[] {
  const [life, after, before] = [expiration, rotateAfter, rotateBeforeExpiry].map(millisecondsOf);
  const issues: Issue[] = [];
  if (rotateBeforeExpiry !== undefined && !isUnknown(rotateBeforeExpiry) && expiration === undefined) {
    issues.push({ path: ["rotateBeforeExpiry"], message: "needs expiration: a key without it never expires" });
  }
  if (life !== undefined && before !== undefined && before >= life) {
    const message = "must be shorter than expiration, or the key would be replaced as soon as it is made";
    issues.push({ path: ["rotateBeforeExpiry"], message });
  }
  const kept = rotateBeforeExpiry === undefined;
  if (life !== undefined && after !== undefined && after >= life && kept) {
    const message = "must be shorter than expiration, or the key would expire before it is replaced";
    issues.push({ path: ["rotateAfter"], message });
  }
  return issues;
}

/**
 * The moment from which on a preview proposes a new key. It stays what it is until it is reached or the settings change;
 * one that has been reached is renewed, and that change is the rotation that the preview shows.
 */
export function stampOf(news: Inputs, olds: Inputs, made: string | undefined): string | undefined {
  // The program never says it. When it is there, `ignoreChanges` has put it there.
  if (news.rotateAt !== undefined && news.rotateAt === olds.rotateAt) {
    return olds.rotateAt;
  }
  if ([news.expiration, news.rotateAfter, news.rotateBeforeExpiry].some(containsUnknown)) {
    return olds.rotateAt;
  }
  const period = periodOf(news);
  if (period === Number.POSITIVE_INFINITY) {
    return undefined;
  }
  const now = systemClock.now();
  const due = dueAt(news, olds, made, now);
  return moment(due === undefined || due <= now ? now + period : due);
}

/**
 * Whether a stamp is that of a new key. It looks at no clock, so that it always agrees with the check that has stamped:
 * one that was kept or follows changed settings never lies after the moment at which the old key was due.
 */
export function isRenewed(news: Inputs, olds: Inputs, made: string | undefined): boolean {
  const due = news.rotateAt === olds.rotateAt ? undefined : dueAt(news, olds, made, Number.POSITIVE_INFINITY);
  const stamp = timeOf(news.rotateAt);
  return due !== undefined && stamp !== undefined && Number.isFinite(due) && stamp > Date.parse(moment(due));
}

/** When the key that is there is due by the new settings; nothing when its age isn't known. */
function dueAt(news: Inputs, olds: Inputs, made: string | undefined, now: number): number | undefined {
  const stamp = timeOf(olds.rotateAt);
  const same = (name: keyof Inputs) => millisecondsOf(news[name]) === millisecondsOf(olds[name]);
  if (stamp !== undefined && same("expiration") && same("rotateAfter") && same("rotateBeforeExpiry")) {
    return stamp;
  }
  const born = timeOf(made) ?? (stamp === undefined ? undefined : stamp - periodOf(olds));
  if (born === undefined) {
    return undefined;
  }
  const life = millisecondsOf(news.expiration) ?? Number.POSITIVE_INFINITY;
  const expiry = same("expiration") ? (expiryOf(olds, stamp, born) ?? born + life) : now + life;
  return Math.min(
    born + lengthOf(news.rotateAfter),
    expiry - (millisecondsOf(news.rotateBeforeExpiry) ?? Number.NEGATIVE_INFINITY),
  );
}

/** When the key expires, where the old stamp tells: an expiration that was changed counts from that change. */
function expiryOf(olds: Inputs, stamp: number | undefined, born: number): number | undefined {
  const before = millisecondsOf(olds.rotateBeforeExpiry);
  const byAge = stamp !== undefined && stamp >= born + lengthOf(olds.rotateAfter);
  return stamp === undefined || before === undefined || byAge ? undefined : stamp + before;
}

/** From the making of a key to its rotation. */
function periodOf({ expiration, rotateAfter, rotateBeforeExpiry }: Inputs): number {
  const [life, before] = [millisecondsOf(expiration), millisecondsOf(rotateBeforeExpiry)];
  const byExpiry = life === undefined || before === undefined ? Number.POSITIVE_INFINITY : life - before;
  return Math.min(lengthOf(rotateAfter), byExpiry);
}

function lengthOf(duration: string | undefined): number {
  return millisecondsOf(duration) ?? Number.POSITIVE_INFINITY;
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** Rounded up to a second: finer ones would only be noise. */
function moment(time: number): string {
  return new Date(Math.min(Math.ceil(time / 1000) * 1000, LAST)).toISOString().replace(".000Z", "Z");
}

/** The last moment that can be written down. */
const LAST = 8.64e15;
