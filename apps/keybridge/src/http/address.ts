/** How this assistant is reached. It listens on IPv4 loopback only. */
export type Address = {
  readonly port: number;
  /** The assistant's own origin: its pages live here, and nowhere else. */
  readonly origin: string;
  readonly hosts: ReadonlySet<string>;
};

export const addressOf = (port: number): Address => ({
  port,
  origin: `http://127.0.0.1:${port}`,
  hosts: new Set([`127.0.0.1:${port}`, `localhost:${port}`]),
});
