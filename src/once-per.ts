/** What is made once for each key: for a type of objects, a table or a list, which never change. */

/**
 * A function that remembers what it made, as long as the key is in use.
 *
 * @param make called once for each key; what it returns is shared and must not be changed
 */
export function oncePer<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new WeakMap<Key, Made>();
  return (key) => {
    let known = made.get(key);
    if (known === undefined) {
      known = make(key);
      made.set(key, known);
    }
    return known;
  };
}
