import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINES, errors, good, type Scenario, scenario } from "../scenario";

describe.each(ENGINES)("programs on the %s engine", (engine) => {
  let s: Scenario;
  let folder: string;
  beforeEach(async () => {
    s = await scenario(engine);
    folder = join(s.folder, "written");
    mkdirSync(folder);
    symlinkSync(join(__dirname, "..", "..", "..", "node_modules"), join(folder, "node_modules"));
  });
  afterEach(() => s.close());

  const source = `
    import * as pulumi from "@pulumi/pulumi";
    const project: string = pulumi.getProject();
    export const greeting = \`\${project} \${pulumi.getStack()}\`;`;

  test("TypeScript runs as it is, with a tsconfig.json", async () => {
    writeFileSync(join(folder, "index.ts"), source);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { strict: true, module: "node16" } }),
    );
    s.stack.setProgram(folder);
    await good(s.stack.up());
    expect(await s.stack.outputs()).toEqual({ greeting: "proj dev" });

    writeFileSync(join(folder, "index.ts"), `${source}\nconst wrong: number = project;`);
    expect(errors(await s.stack.preview()).join()).toContain("not assignable to type 'number'");
  });

  test("a folder without a package.json of its own is not taken for the package above it", async () => {
    writeFileSync(join(s.folder, "package.json"), JSON.stringify({ name: "above", main: "./other.js" }));
    writeFileSync(join(s.folder, "other.js"), "exports.greeting = 'wrong';");
    writeFileSync(join(folder, "index.js"), "exports.greeting = 'right';");
    rmSync(join(s.folder, "program"), { recursive: true });
    s.stack.setProgram(folder);
    await good(s.stack.up());
    expect(await s.stack.outputs()).toEqual({ greeting: "right" });
  });
});
