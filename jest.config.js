/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist"],
  // What takes minutes has scripts of its own: `npm run test:long`, and those of jest.full.config.js.
  testPathIgnorePatterns: ["/node_modules/", "/long/", "/full/"],
  maxWorkers: 2,
  // Lifecycle tests start engine, program and provider processes.
  testTimeout: 60_000,
};
