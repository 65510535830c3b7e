const { testPathIgnorePatterns: _, ...config } = require("./jest.config");

/** @type {import("jest").Config} */
module.exports = { ...config, testMatch: ["<rootDir>/tests/**/full/*.test.ts"] };
