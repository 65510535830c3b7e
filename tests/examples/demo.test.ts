import { demo } from "../support/demo";

// The demo is the program in examples/quickstart, deployed, changed, drifted, rotated and destroyed.
test("the demo ends well, on 8.19 and on 9.x", async () => {
  const { code, output } = await demo();
  expect(output).toContain("All of it was so.");
  expect(output).not.toContain("opensesame");
  expect(code).toBe(0);
}, 180_000);
