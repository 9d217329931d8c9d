// Kills the process at the Nth change of files below a folder, as a crash of the machine would.
const fs = require("node:fs");
const [folder, step] = [process.env.KILL_BELOW, Number(process.env.KILL_AT)];
const opened = new Set();
let steps = 0;
for (const name of [
  "mkdirSync",
  "openSync",
  "writeFileSync",
  "fsyncSync",
  "renameSync",
  "unlinkSync",
  "rmSync",
  "rmdirSync",
]) {
  const original = fs[name];
  fs[name] = (...args) => {
    const isBelow = typeof args[0] === "number" ? opened.has(args[0]) : String(args[0]).startsWith(folder);
    if (isBelow && ++steps === step) {
      if (name === "writeFileSync") original(args[0], String(args[1]).slice(0, 40));
      process.kill(process.pid, "SIGKILL");
    }
    const result = original(...args);
    if (isBelow && name === "openSync") opened.add(result);
    return result;
  };
}
