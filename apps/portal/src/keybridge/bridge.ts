import { createKeyBridge, type KeyBridge, type MountFrame } from '@hufu/keybridge-client';
import type { CertificateInfo } from '@hufu/keybridge-client/protocol';
import { useSite } from '../api/site.ts';

/** A certificate on a key that is plugged in, as the assistant describes it. */
export type KeyCertificate = CertificateInfo;

let current: { readonly ports: string; readonly bridge: KeyBridge } | undefined;

/** The one connection to the assistant; the site says on which ports to look. */
export function bridgeFor(ports: readonly number[]): KeyBridge {
  const name = ports.join(',');
  if (current?.ports !== name) current = { ports: name, bridge: createKeyBridge({ ports }) };
  return current.bridge;
}

/** Undefined until the site's profile has come. */
export function useBridge(): KeyBridge | undefined {
  const { data: site } = useSite();
  return site === undefined ? undefined : bridgeFor(site.keyBridge.ports);
}

/** Puts the assistant's own page into `host`, as high as it says it is. */
export const mountIn =
  (host: HTMLElement): MountFrame =>
  ({ url, allow, title, read }) => {
    const frame = document.createElement('iframe');
    frame.allow = allow;
    frame.title = title;
    frame.src = url;
    const listen = (event: MessageEvent) => {
      const message = read(event);
      if (message?.event !== 'height' || !message.height) return;
      frame.style.height = `${message.height}px`;
      host.style.minHeight = `${message.height}px`;
    };
    addEventListener('message', listen);
    host.replaceChildren(frame);
    return () => {
      removeEventListener('message', listen);
      frame.remove();
    };
  };
