import { type Notice, sendNoticesTo } from "../model/notice";

const seen = new Set<string>();

/** Prints notices: one line each, with kind and id. The engine shows a provider's output under the stack's row. */
export function printNotices(): void {
  sendNoticesTo((notice) => {
    const line = oneLine(notice);
    if (!seen.has(line)) {
      seen.add(line);
      process.stdout.write(`${line}\n`);
    }
  });
}

function oneLine({ kind, id, text }: Notice): string {
  return `${kind} '${id}': ${text}`.replace(/\p{Cc}+/gu, " ");
}
