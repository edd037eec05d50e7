/** Recent: what was made for the last few keys. */

/** Gives what was made for a key, or makes it; the `most` keys asked for last are kept. */
export function recent<K, V>(most: number): (key: K, make: () => V) => V {
  const known = new Map<K, V>()
  return (key, make) => {
    const found = known.has(key) ? known.get(key)! : make()
    known.delete(key)
    known.set(key, found)
    if (known.size > most) known.delete(known.keys().next().value!)
    return found
  }
}
