/** Something that a person should read although nothing failed. */
export interface Notice {
  kind: string;
  id: string;
  text: string;
}

type Sink = (notice: Notice) => void;

const state: { sink: Sink } = { sink: () => {} };

/** Tells the user something. The host decides where it appears. */
export function notice(kind: string, id: string, text: string): void {
  state.sink({ kind, id, text });
}

export function sendNoticesTo(sink: Sink): void {
  state.sink = sink;
}
