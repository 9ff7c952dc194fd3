// What runs in the test site's page: the client as any page would use it, driven by the tests from outside.
import { createKeyBridge, localNetworkPermission } from '@hufu/keybridge-client';

const bridges = new Map();

function bridgeAt(port) {
  if (!bridges.has(port)) bridges.set(port, createKeyBridge({ ports: [port] }));
  return bridges.get(port);
}

const codeOf = (error) => error.code ?? String(error);

function mount(frame) {
  const shown = document.createElement('iframe');
  Object.assign(shown, { src: frame.url, allow: frame.allow, title: frame.title, width: 520, height: 640 });
  const listen = (event) => {
    const message = frame.read(event);
    if (message) site.messages.push(message.event);
  };
  addEventListener('message', listen);
  document.body.append(shown);
  return () => {
    removeEventListener('message', listen);
    shown.remove();
  };
}

const site = {
  messages: [],
  changes: [],
  permission: localNetworkPermission,
  pairOnClick(port) {
    document.getElementById('pair').onclick = () => {
      site.pairing = bridgeAt(port)
        .pair({ title: '互认系统' })
        .then(() => 'paired', codeOf);
    };
  },
  sign(port, request) {
    site.outcome = bridgeAt(port)
      .sign(request, mount)
      .then(
        (result) => ({ result }),
        (error) => ({ code: codeOf(error) }),
      );
  },
  watch(port) {
    bridgeAt(port).watchTokens({
      onChange: ({ inserted, removed }) => site.changes.push(`+${inserted.length}-${removed.length}`),
    });
  },
  detect: (port) => bridgeAt(port).detect().catch(codeOf),
  isPaired: (port) => bridgeAt(port).isPaired(),
  listCertificates: (port) =>
    bridgeAt(port)
      .listCertificates()
      .then((certificates) => certificates.length, codeOf),
};

globalThis.site = site;
