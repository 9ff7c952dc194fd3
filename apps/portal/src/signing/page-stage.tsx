import type { TaskPages } from '@hufu/contracts';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { sealPicture } from '../seals/seals-query.ts';
import { keepInside, type Place, snap } from './snap.ts';

type ShownPage = TaskPages['pages'][number];

export type StageSeal = {
  /** Which of the placements it is. */
  readonly index: number;
  readonly sealId: string;
  readonly width: number;
  readonly height: number;
  readonly place: Place;
};

type PageStageProps = {
  page: ShownPage;
  picture: string;
  seals: readonly StageSeal[];
  selected: number;
  onSelect: (index: number) => void;
  onMove: (index: number, place: Place) => void;
};

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

/** One page with its seals, to be dragged, or moved with the arrow keys. */
export function PageStage({ page, picture, seals, selected, onSelect, onMove }: PageStageProps) {
  const t = useTexts(signing);
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <div ref={sheet} className="stage" style={{ aspectRatio: `${page.width} / ${page.height}` }}>
      <img src={picture} alt={t.at(page.number, page.number)} draggable={false} />
      {seals.map((seal) => (
        <SealHandle
          key={seal.index}
          seal={seal}
          page={page}
          scale={() => page.width / (sheet.current?.clientWidth || 1)}
          selected={seal.index === selected}
          onSelect={() => onSelect(seal.index)}
          onMove={(place) => onMove(seal.index, place)}
        />
      ))}
    </div>
  );
}

type SealHandleProps = {
  seal: StageSeal;
  page: ShownPage;
  /** Millimetres of the page in one CSS pixel. */
  scale: () => number;
  selected: boolean;
  onSelect: () => void;
  onMove: (place: Place) => void;
};

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function SealHandle({ seal, page, scale, selected, onSelect, onMove }: SealHandleProps) {
  const t = useTexts(signing);
  const [grip, setGrip] = useState<Place>();
  const { place } = seal;
  const drag = (event: PointerEvent) => {
    if (grip === undefined) return;
    const per = scale();
    onMove(snap({ x: event.clientX * per - grip.x, y: event.clientY * per - grip.y }, page, seal));
  };
  const press = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 : 1;
    onMove(keepInside({ x: place.x + arrow[0] * step, y: place.y + arrow[1] * step }, page, seal));
  };
  return (
    <button
      type="button"
      className={selected ? 'stage-seal stage-seal-selected' : 'stage-seal'}
      aria-label={t.sealOnPage(page.number)}
      style={{
        left: percent(place.x, page.width),
        top: percent(place.y, page.height),
        width: percent(seal.width, page.width),
      }}
      onFocus={onSelect}
      onKeyDown={press}
      onPointerDown={(event) => {
        const per = scale();
        event.currentTarget.setPointerCapture(event.pointerId);
        onSelect();
        setGrip({ x: event.clientX * per - place.x, y: event.clientY * per - place.y });
      }}
      onPointerMove={drag}
      onPointerUp={() => setGrip(undefined)}
      onPointerCancel={() => setGrip(undefined)}
    >
      <img src={sealPicture(seal.sealId)} alt="" draggable={false} />
    </button>
  );
}
