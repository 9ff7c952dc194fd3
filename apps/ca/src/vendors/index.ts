import type { VendorId } from './holder.ts';
import type { VendorLayout } from './layout.ts';
import { vendorA } from './vendor-a.ts';
import { vendorB } from './vendor-b.ts';
import { vendorC } from './vendor-c.ts';

export const VENDORS: Readonly<Record<VendorId, VendorLayout>> = { a: vendorA, b: vendorB, c: vendorC };
