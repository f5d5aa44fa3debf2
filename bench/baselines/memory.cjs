// Loaded before a program (node --require): says at its end, on file descriptor 3, how many kilobytes it had at most.
const { writeSync } = require("node:fs");

process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
