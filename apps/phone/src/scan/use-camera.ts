import { type RefObject, useEffect, useState } from 'react';
import { createDecode } from './decode.ts';

/** `refused`: the person or the system says no. `absent`: there is none, or something else holds it. */
export type CameraState = 'starting' | 'running' | 'refused' | 'absent';

export type Camera = {
  readonly state: CameraState;
  /** Undefined where the camera has no light. */
  readonly torch: { readonly on: boolean; readonly toggle: () => void } | undefined;
};

/** Ten looks a second find a code as soon as it is held still. */
const PAUSE_MS = 100;

type TorchCapabilities = MediaTrackCapabilities & { readonly torch?: boolean };

/** Runs the camera behind the page and reports the text of every QR code it sees, until the page is left. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, onText: (text: string) => void): Camera {
  const [state, setState] = useState<CameraState>('starting');
  const [track, setTrack] = useState<MediaStreamTrack>();
  const [lit, setLit] = useState(false);

  useEffect(() => {
    const left = new AbortController();
    let stream: MediaStream | undefined;
    const run = async () => {
      if (navigator.mediaDevices === undefined) return setState('absent');
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      const element = video.current;
      if (left.signal.aborted || element === null) return stop(stream);
      element.srcObject = stream;
      setTrack(stream.getVideoTracks()[0]);
      const [decode] = await Promise.all([createDecode(), element.play()]);
      setState('running');
      while (!left.signal.aborted) {
        const text =
          element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await decode(element) : undefined;
        if (left.signal.aborted) return;
        if (text !== undefined) onText(text);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    };
    run().catch((error: unknown) => {
      if (!left.signal.aborted) setState(isRefusal(error) ? 'refused' : 'absent');
    });
    return () => {
      left.abort();
      if (stream !== undefined) stop(stream);
    };
  }, [video, onText]);

  const hasTorch = (track?.getCapabilities?.() as TorchCapabilities | undefined)?.torch === true;
  const toggle = () => {
    const constraints = { advanced: [{ torch: !lit } as MediaTrackConstraintSet] };
    track?.applyConstraints(constraints).then(
      () => setLit(!lit),
      () => setLit(false),
    );
  };
  return { state, torch: hasTorch ? { on: lit, toggle } : undefined };
}

const isRefusal = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
