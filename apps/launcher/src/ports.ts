/** Companions take the ports above the hub's. */
export function portsFrom(base: number) {
  return {
    hub: base,
    sm2Authority: base + 1,
    rsaAuthority: base + 2,
    ecdsaAuthority: base + 3,
    foreignAuthority: base + 4,
    hohhot: base + 5,
    ulanqab: base + 6,
    citizens: base + 7,
    payment: base + 8,
    assistant: base + 9,
    witness1: base + 10,
    witness2: base + 11,
    chain: base + 12,
  } as const;
}
export type Ports = ReturnType<typeof portsFrom>;
