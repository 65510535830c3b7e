import type { Issue } from "../../model/issues";
import { isRecord, isUnknown } from "../../model/unknown";
import type { OnBehalfOf } from "./schema";

/** Rules of the credentials of the user for whom a key is made. */
export function grantIssues(grant: unknown): Issue[] {
  if (!isRecord(grant)) {
    return [];
  }
  const { username, password, accessToken } = grant;
  if ([username, password, accessToken].some(isUnknown)) {
    return [];
  }
  const issue = (name: string, message: string): Issue => ({ path: ["onBehalfOf", name], message });
  if (accessToken !== undefined && (username ?? password) !== undefined) {
    return [issue("accessToken", "excludes username and password; declare one of them")];
  }
  if (accessToken !== undefined) {
    return [];
  }
  const missing = username === undefined ? "username" : password === undefined ? "password" : undefined;
  return missing === undefined ? [] : [issue(missing, "is required, unless there is an accessToken")];
}

/** Whether two grants name the same user. By which credentials matters at the creation only. */
export function sameUser(a: unknown, b: unknown): boolean {
  const [one, other] = [userOf(a), userOf(b)];
  return one !== undefined && one === other;
}

function userOf(grant: unknown): string | undefined {
  const { username, runAs, accessToken } = isRecord(grant) ? grant : {};
  if (isUnknown(runAs) || (runAs === undefined && isUnknown(username))) {
    return undefined;
  }
  if (runAs !== undefined) {
    return `runs as ${runAs}`;
  }
  // Of whom a token is, it doesn't tell.
  return username !== undefined ? `is ${username}` : accessToken === undefined ? undefined : "has a token";
}

export function grantBody({ username, password, accessToken, runAs }: OnBehalfOf): Record<string, unknown> {
  return {
    ...(accessToken === undefined
      ? { grant_type: "password", username, password }
      : { grant_type: "access_token", access_token: accessToken }),
    ...(runAs === undefined ? {} : { run_as: runAs }),
  };
}
