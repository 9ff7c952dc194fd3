import { useEffect, useRef } from 'react';
import { dropDraft, saveDraft } from './draft-store.ts';
import type { FormStore } from './form-store.ts';

const PAUSE_MS = 500;

type Place = { place: string; version: number | undefined };

/** Keeps what is typed, shortly after typing pauses and at once when the page is hidden, until it was sent. */
export function useDraft(store: FormStore, { place, version }: Place): { drop: () => void; end: () => void } {
  const stopped = useRef(false);
  useEffect(() => {
    stopped.current = false;
    let values = store.read().values;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = () => {
      clearTimeout(timer);
      timer = undefined;
      if (!stopped.current) saveDraft(place, { values, at: new Date().toISOString(), version });
    };
    const flush = () => {
      if (timer !== undefined) save();
    };
    const stop = store.listen(() => {
      const { values: next, typed } = store.read();
      if (next === values || !typed) return;
      values = next;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE_MS);
    });
    addEventListener('pagehide', flush);
    return () => {
      flush();
      stop();
      removeEventListener('pagehide', flush);
    };
  }, [store, place, version]);
  return {
    drop: () => dropDraft(place),
    end: () => {
      stopped.current = true;
      dropDraft(place);
    },
  };
}
