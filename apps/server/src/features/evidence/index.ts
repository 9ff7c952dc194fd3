export { openSubmitKey } from './log-keys.ts';
export { createRecorder } from './recording/recorder.ts';
