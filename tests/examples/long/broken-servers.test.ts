import { demo } from "../../support/demo";

// Each breaks another promise: nothing is stored, a change is lost, an old key still opens the door.
test.each([
  ["accepts-everything", "it succeeded"],
  ["scheduling-write-ignored", "the schedule is set"],
  ["invalidated-keys-work", "the old key is refused by the server"],
])(
  "the demo notices a server with the defect %s",
  async (defect, fact) => {
    const { code, output } = await demo("--defect", defect);
    expect(output).toContain(`✗ ${fact}`);
    expect(code).toBe(1);
  },
  120_000,
);
