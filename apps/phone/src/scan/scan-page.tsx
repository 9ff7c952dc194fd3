import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { NeedsRealName } from '../app/real-name.tsx';
import { appError } from '../errors.ts';
import { useTexts } from '../i18n/language.tsx';
import { scan as texts } from '../i18n/scan.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { createDecode } from './decode.ts';
import { keepScanned, readScanned } from './scanned.ts';
import { type CameraState, useCamera } from './use-camera.ts';
import './scan.css';

/** 扫一扫: by the camera, from a picture, or from a link when there is no camera. */
export function ScanPage() {
  const t = useTexts(texts);
  return (
    <Screen title={t.title} back="/">
      <NeedsRealName>
        <Scanner />
      </NeedsRealName>
    </Screen>
  );
}

function Scanner() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const video = useRef<HTMLVideoElement>(null);
  const [error, setError] = useState<unknown>();
  const [linking, setLinking] = useState(false);
  const take = useCallback(
    (text: string) => {
      try {
        keepScanned(readScanned(text));
        void navigate({ to: '/scan/confirm', replace: true });
      } catch (refusal) {
        setError(refusal);
      }
    },
    [navigate],
  );
  const camera = useCamera(video, take);
  const running = camera.state === 'starting' || camera.state === 'running';
  return (
    <>
      <div className={running ? 'finder' : 'finder finder-off'}>
        <video ref={video} muted playsInline aria-label={t.camera} />
        {running ? <span className="finder-frame" aria-hidden="true" /> : null}
      </div>
      <CameraWord state={camera.state} />
      {error === undefined ? null : <ProblemBox error={error} />}
      <div className="scan-ways">
        {camera.torch === undefined ? null : (
          <Button icon="torch" aria-pressed={camera.torch.on} onClick={camera.torch.toggle}>
            {t.torch}
          </Button>
        )}
        <Picture onText={take} onError={setError} />
        <Button icon="link" onClick={() => setLinking(true)}>
          {t.link}
        </Button>
      </div>
      {linking ? <LinkSheet onText={take} error={error} onClose={() => setLinking(false)} /> : null}
    </>
  );
}

function CameraWord({ state }: { state: CameraState }) {
  const t = useTexts(texts);
  if (state === 'refused')
    return (
      <Alert tone="attention" title={t.refused} announced>
        {t.refusedText}
      </Alert>
    );
  if (state === 'absent')
    return (
      <Alert tone="attention" title={t.absent} announced>
        {t.absentText}
      </Alert>
    );
  return <p className="scan-hint">{state === 'running' ? t.aim : t.starting}</p>;
}

type PictureProps = { onText: (text: string) => void; onError: (error: unknown) => void };

function Picture({ onText, onError }: PictureProps) {
  const t = useTexts(texts);
  const read = async (file: File) => {
    const decode = await createDecode();
    const picture = await createImageBitmap(file).catch(() => undefined);
    const text = picture === undefined ? undefined : await decode(picture);
    picture?.close();
    if (text === undefined) throw appError('APP_NO_CODE');
    onText(text);
  };
  return (
    <label className="button button-plain">
      <Icon name="image" />
      <span>{t.picture}</span>
      <input
        className="visually-hidden"
        type="file"
        accept="image/*"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) read(file).catch(onError);
        }}
      />
    </label>
  );
}

type LinkSheetProps = { onText: (text: string) => void; error: unknown; onClose: () => void };

function LinkSheet({ onText, error, onClose }: LinkSheetProps) {
  const t = useTexts(texts);
  const [link, setLink] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onText(link);
  };
  return (
    <Sheet title={t.link} onClose={onClose}>
      <form className="scan-link" onSubmit={submit}>
        <TextField
          label={t.linkLabel}
          hint={t.linkHint}
          inputMode="url"
          autoComplete="off"
          value={link}
          onValue={setLink}
        />
        {error === undefined ? null : <ProblemBox error={error} />}
        <Button kind="primary" block type="submit" disabled={link === ''}>
          {t.linkGo}
        </Button>
      </form>
    </Sheet>
  );
}
