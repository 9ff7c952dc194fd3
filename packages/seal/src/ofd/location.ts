/** Folder of a stored name, with its slash; empty at the top. */
const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);

/**
 * The name that an ST_Loc means in a file (GB/T 33190 §7.3): from the top when it begins with a slash, else from the
 * file's own folder. Undefined when it leads out of the container.
 */
export function resolveLocation(location: string, from: string): string | undefined {
  const path = location.trim().startsWith('/') ? location.trim() : folderOf(from) + location.trim();
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join('/');
}
