/** Tells a story on the terminal and keeps count of what was not so. */
export interface Narrator {
  /** @throws StoryEnds when something told before was not so: what follows would only be noise. */
  act(title: string): void;
  /** @throws StoryEnds */
  scene(title: string): void;
  /** Text of an engine or a server, indented. */
  show(text: string): void;
  /** States a fact; one that isn't so makes the demo fail. */
  expect(fact: string, holds: boolean, why?: () => string): void;
  readonly failures: readonly string[];
}

/** The story stops here. */
export class StoryEnds extends Error {}

export function narrator(write: (text: string) => void): Narrator {
  const failures: string[] = [];
  const goOn = (heading: string) => {
    if (failures.length > 0) {
      throw new StoryEnds();
    }
    write(heading);
  };
  return {
    failures,
    act: (title) => goOn(`\n${"=".repeat(78)}\n${title}\n${"=".repeat(78)}\n`),
    scene: (title) => goOn(`\n--- ${title}\n`),
    show: (text) => write(indented(text)),
    expect(fact, holds, why) {
      write(`  ${holds ? "✓" : "✗"} ${fact}\n`);
      if (!holds) {
        failures.push(fact);
        const reason = why?.();
        if (reason) {
          write(indented(reason));
        }
      }
    },
  };
}

function indented(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const kept = lines.filter((line, i) => line !== "" || (i > 0 && lines[i - 1] !== ""));
  return `${kept
    .map((line) => (line ? `    ${line}` : ""))
    .join("\n")
    .replace(/\n+$/, "")}\n`;
}
