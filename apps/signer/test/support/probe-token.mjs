// What a thief with the token's PIN would try: prints whether the AES key of this label gives its value away.
// A program of its own: the module must not live in the test's process. Usage: probe-token.mjs MODULE TOKEN PIN KEY
import { createRequire } from 'node:module';

const graphene = createRequire(import.meta.url)('graphene-pk11');
const [path, token, pin, label] = process.argv.slice(2);
const library = graphene.Module.load(path);
library.initialize();
const slots = library.getSlots(true);
const slot = Array.from({ length: slots.length }, (_, index) => slots.items(index)).find(
  (candidate) => candidate.getToken().label.trim() === token,
);
const session = slot.open(graphene.SessionFlag.SERIAL_SESSION);
session.login(pin);
const keys = session.find({ class: graphene.ObjectClass.SECRET_KEY, label });
let leaks = false;
try {
  leaks = Buffer.isBuffer(keys.items(0).getAttribute({ value: null }).value);
} catch {
  // Refused, as it should be.
}
const { extractable, sensitive } = keys.items(0).getAttribute({ extractable: null, sensitive: null });
console.log(JSON.stringify({ keys: keys.length, leaks, extractable, sensitive }));
session.close();
library.finalize();
