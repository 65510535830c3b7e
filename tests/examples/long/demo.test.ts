import { demo } from "../../support/demo";

// The demo is the program in examples/quickstart, deployed, changed, drifted, rotated and destroyed.
test("the demo ends well, on 8.19 and on 9.x", async () => {
  const { code, output } = await demo();
  expect(output).toContain("All of it was so.");
  expect(output).not.toContain("opensesame");
  expect(code).toBe(0);
}, 180_000);

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
