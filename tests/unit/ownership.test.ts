import fc from "fast-check";
import { type ErrorKind, ProviderError } from "../../provider/elasticsearch/errors";
import { autoName, newId } from "../../provider/ownership/ids";
import { sendOnce } from "../../provider/ownership/lost-answer";
import { MARK, markOf, newMark, sameOwner, withMark, withoutMark } from "../../provider/ownership/marks";
import { indexName } from "../../provider/resources/index/schema";

const failure = (kind: ErrorKind, doubt = kind === "answer-lost") =>
  new ProviderError(kind, { what: "create", why: kind, doubt });

describe("a creating request", () => {
  /** What happens to each request in turn, and what has become of the object after it. */
  async function run(outcomes: ("done" | "lost" | "lost but done" | "broken gateway" | ErrorKind)[]) {
    const log: string[] = [];
    let exists = false;
    const send = async () => {
      const outcome = outcomes.shift();
      log.push("send");
      if (outcome === undefined) {
        throw new Error("one request too many");
      }
      exists ||= outcome === "done" || outcome === "lost but done";
      if (outcome === "done") {
        return "answered";
      }
      if (outcome === "broken gateway") {
        throw failure("unavailable", true);
      }
      throw failure(outcome.startsWith("lost") ? "answer-lost" : (outcome as ErrorKind));
    };
    const look = async () => {
      log.push("look");
      return exists ? "found" : undefined;
    };
    const result = await sendOnce(send, look).catch((error: ProviderError) => error.kind);
    return { result, log, exists };
  }

  test("answered: nobody looks", async () => {
    expect(await run(["done"])).toEqual({ result: "answered", log: ["send"], exists: true });
  });

  test("its answer lost, but carried out: found, and not sent again", async () => {
    expect(await run(["lost but done"])).toEqual({ result: "found", log: ["send", "look"], exists: true });
  });

  test("lost, or perhaps not carried out, without effect: sent once more", async () => {
    expect(await run(["lost", "done"])).toMatchObject({ result: "answered", log: ["send", "look", "send"] });
    expect(await run(["broken gateway", "done"])).toMatchObject({ result: "answered", log: ["send", "look", "send"] });
  });

  test("lost twice, the second time carried out: found all the same, so that no orphan stays behind", async () => {
    expect(await run(["lost", "lost but done"])).toMatchObject({ result: "found", exists: true });
  });

  test("never sent a third time", async () => {
    const { result, log } = await run(["lost", "lost"]);
    expect(result).toBe("answer-lost");
    expect(log.filter((step) => step === "send")).toHaveLength(2);
  });

  test.each<ErrorKind>([
    "invalid",
    "conflict",
    "forbidden",
    "unauthorized",
    "unsupported",
    "unexpected",
    "unavailable",
  ])("'%s' is final: nothing was carried out", async (kind) => {
    expect(await run([kind])).toEqual({ result: kind, log: ["send"], exists: false });
  });

  test("an answer that is false isn't taken for none", async () => {
    await expect(
      sendOnce(
        () => Promise.reject(failure("answer-lost")),
        async () => false,
      ),
    ).resolves.toBe(false);
  });
});

describe("ids and names of ours", () => {
  test("an id is new each time, and fit for a path", () => {
    const ids = new Set(Array.from({ length: 100 }, newId));
    expect(ids.size).toBe(100);
    for (const id of ids) {
      expect(id).toMatch(/^[\w-]{20}$/);
    }
  });

  test("a name is prefix, logical name and seven hexadecimal digits", () => {
    expect(autoName("search-", "movies")).toMatch(/^search-movies-[0-9a-f]{7}$/);
    expect(autoName("content-", "My Movies/2")).toMatch(/^content-my-movies-2-[0-9a-f]{7}$/);
    expect(autoName("search-", "movies")).not.toBe(autoName("search-", "movies"));
  });

  test("of any logical name it makes a name that the server accepts", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ maxLength: 400 })), (logical) => {
        expect(indexName.safeParse(autoName("search-", logical)).error).toBeUndefined();
      }),
    );
  });
});

describe("marks", () => {
  const context = { project: "p", stack: "s", resource: "r" };

  test("name the resource and the request", () => {
    const mark = newMark({ ...context, retained: true });
    expect(mark).toEqual({ ...context, nonce: expect.stringMatching(/^[\w-]{20}$/) });
    expect(newMark(context).nonce).not.toBe(mark.nonce);
  });

  test("go into metadata and come out of it", () => {
    const mark = newMark(context);
    const metadata = withMark({ mine: 1 }, mark);
    expect(metadata).toEqual({ mine: 1, [MARK]: mark });
    expect(markOf(metadata)).toEqual(mark);
    expect(withoutMark(metadata)).toEqual({ mine: 1 });
    expect(markOf(withMark(undefined, mark))).toEqual(mark);
    expect(withoutMark(undefined)).toEqual({});
  });

  test.each([undefined, null, "text", {}, { [MARK]: "text" }, { [MARK]: {} }, { [MARK]: { nonce: 1 } }])(
    "%j holds none",
    (metadata) => {
      expect(markOf(metadata)).toBeUndefined();
    },
  );

  test("of one owner: project, stack and resource", () => {
    const mark = newMark(context);
    expect(sameOwner(newMark(context), mark)).toBe(true);
    expect(sameOwner(newMark({ ...context, stack: "t" }), mark)).toBe(false);
    expect(sameOwner(newMark({ ...context, project: "q" }), mark)).toBe(false);
    expect(sameOwner(newMark({ ...context, resource: "x" }), mark)).toBe(false);
    expect(sameOwner(undefined, mark)).toBe(false);
  });
});
