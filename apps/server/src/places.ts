import { fileURLToPath } from 'node:url';

/** Folders beside the program: laid out by the build, or as they are in the sources. */
export type Places = {
  readonly migrations: string;
  readonly data: string;
  readonly portal: string;
  readonly phone: string;
  readonly downloads: string;
};

export function placesOf(moduleUrl: string): Places {
  const beside = (path: string) => fileURLToPath(new URL(path, moduleUrl));
  if (moduleUrl.endsWith('.ts')) {
    return {
      migrations: beside('../migrations/'),
      data: beside('../data/'),
      portal: beside('../../../dist/portal/'),
      phone: beside('../../../dist/phone/'),
      downloads: beside('../../../dist/downloads/'),
    };
  }
  return {
    migrations: beside('./migrations/'),
    data: beside('./data/'),
    portal: beside('../portal/'),
    phone: beside('../phone/'),
    downloads: beside('../downloads/'),
  };
}
