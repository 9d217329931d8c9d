#!/usr/bin/env node
import { runCommand } from "./command.js";
import { processSinks } from "./sink.js";

void runCommand(process.argv.slice(2), processSinks()).then((code) => {
  process.exitCode = code;
});
