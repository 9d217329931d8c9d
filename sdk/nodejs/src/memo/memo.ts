/** Returns `make` with a memory: what it makes for an object is made once, and kept as long as the object lives. */
export function memoize<O extends object, Rest extends readonly unknown[], T extends NonNullable<unknown>>(
  make: (object: O, ...rest: Rest) => T,
): (object: O, ...rest: Rest) => T {
  const known = new WeakMap<O, T>();
  return (object, ...rest) => {
    const found = known.get(object);
    if (found !== undefined) return found;
    const fresh = make(object, ...rest);
    known.set(object, fresh);
    return fresh;
  };
}

/** Like `memoize`, with one result for each key that `by` makes of the arguments. */
export function memoizeBy<O extends object, Rest extends readonly unknown[], T extends NonNullable<unknown>>(
  make: (object: O, ...rest: Rest) => T,
  by: (object: O, ...rest: Rest) => unknown,
): (object: O, ...rest: Rest) => T {
  const within = memoize((_object: O) => new Map<unknown, T>());
  return (object, ...rest) => {
    const [known, key] = [within(object), by(object, ...rest)];
    const found = known.get(key);
    if (found !== undefined) return found;
    const fresh = make(object, ...rest);
    known.set(key, fresh);
    return fresh;
  };
}
