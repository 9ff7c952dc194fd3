import { z } from 'zod';

// Imported before anything else: without it zod probes `new Function`, which the content security policy reports.
z.config({ jitless: true });
