// An `up` in a process of its own, which can be killed: with the options of a stack as its argument.
const { openStack } = require("../../dist/embedded");

openStack(JSON.parse(process.argv[2]))
  .then((stack) => stack.up())
  .catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
