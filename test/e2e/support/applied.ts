import { cleanLab, type Setting } from "./lab.js";
import { newStack, type Stack, succeed } from "./stack.js";

/** A stack in a clean lab, with its program applied. */
export async function applied(program: string): Promise<{ setting: Setting; stack: Stack }> {
  const setting = await cleanLab();
  const stack = await newStack({ lab: setting.lab, program });
  succeed(await stack.up());
  return { setting, stack };
}
