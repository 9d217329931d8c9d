/**
 * One lab for all tests of a mocha run, started by the first test that asks.
 *
 * Tests call `sharedLab()`. Loading this file with mocha's `--require` ends the lab after the last test; without that, the lab
 * ends when the test process does.
 */
import { type Lab, type LabOptions, startLab } from "./start-lab.js";

let lab: Promise<Lab> | undefined;

/** The run's lab; the options of the first caller count. */
export function sharedLab(options: LabOptions = {}): Promise<Lab> {
  lab ??= startLab(options);
  return lab;
}

/** Mocha's root hooks. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    const running = await lab?.catch(() => undefined);
    lab = undefined;
    await running?.stop();
  },
};
