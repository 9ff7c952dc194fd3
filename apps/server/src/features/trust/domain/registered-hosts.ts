/** Hosts and ports that an authority registered. Nothing else is ever asked: a certificate's word is no permission. */
export type RegisteredHosts = { allows(address: string): boolean };

const originOf = (address: string): string | undefined => {
  try {
    const url = new URL(address);
    const plain = url.username === '' && url.password === '' && /^https?:$/.test(url.protocol);
    return plain ? url.origin : undefined;
  } catch {
    return undefined;
  }
};

/** An address is allowed when scheme, host and port are those of a registered one. */
export function registeredHosts(addresses: readonly string[]): RegisteredHosts {
  const origins = new Set(addresses.map(originOf));
  return {
    allows(address) {
      const origin = originOf(address);
      return origin !== undefined && origins.has(origin);
    },
  };
}
