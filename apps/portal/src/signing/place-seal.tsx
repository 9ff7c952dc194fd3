import { type SealView, type SigningTask, signingRoutes, type TaskPages } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useHolder } from '../app/holder.tsx';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { sealsQuery } from '../seals/seals-query.ts';
import { Alert } from '../ui/alert.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Choices, SelectField } from '../ui/form.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { PageStage } from './page-stage.tsx';
import { PlaceFields } from './place-fields.tsx';
import { firstPlace, isOnPage, type PlaceValues, placementOf, valuesOf } from './placement-values.ts';
import { pagePicture, pagesQuery, taskQuery } from './signing-query.ts';

type PlaceSealProps = { task: SigningTask; onPlaced: () => void };

/** 放置印章 (SIGN-003, SIGN-005): choose the seal, drag it to its places, 「确定」. */
export function PlaceSeal({ task, onPlaced }: PlaceSealProps) {
  const t = useTexts(signing);
  const { seals: toSeals } = useHolder();
  const seals = useQuery(sealsQuery);
  const pages = useQuery(pagesQuery(task.id, task.sha256));
  return (
    <Loaded query={seals}>
      {(all) => {
        const usable = all.filter((seal) => seal.usable);
        if (usable.length === 0) {
          return (
            <Alert
              tone="info"
              title={t.noSeal}
              actions={
                <ButtonLink kind="primary" to={toSeals}>
                  {t.toSeals}
                </ButtonLink>
              }
            />
          );
        }
        return (
          <Loaded query={pages} skeleton={<Skeleton lines={5} tall />}>
            {(data) => <Placing task={task} seals={usable} pages={data} onPlaced={onPlaced} />}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

type PlacingProps = { task: SigningTask; seals: readonly SealView[]; pages: TaskPages; onPlaced: () => void };

function Placing({ task, seals, pages: { pages, sha256 }, onPlaced }: PlacingProps) {
  const t = useTexts(signing);
  const client = useQueryClient();
  const last = pages.length;
  const [sealId, setSealId] = useState(task.mine?.sealId ?? seals[0]!.id);
  const seal = seals.find((one) => one.id === sealId) ?? seals[0]!;
  const [places, setPlaces] = useState<readonly PlaceValues[]>(() => {
    const kept = (task.mine?.placements ?? []).map((one) => valuesOf(one, pages[0]!, seal));
    return kept.length > 0 ? kept : [firstPlace(pages[last - 1]!, seal, last)];
  });
  const [selected, setSelected] = useState(0);
  const [shown, setShown] = useState(last);
  const [caption, setCaption] = useState(task.mine?.caption ?? false);
  const page = pages[shown - 1]!;
  const change = (index: number, values: PlaceValues) =>
    setPlaces(places.map((one, at) => (at === index ? values : one)));
  const placements = places.map((one) => placementOf(one, last));
  const complete = placements.every((one) => one !== undefined);
  const save = useMutation({
    mutationFn: () =>
      call(signingRoutes.place, {
        params: { id: task.id },
        body: {
          sealId: seal.id,
          placements: placements.filter((one) => one !== undefined),
          caption,
          version: task.version,
        },
      }),
    onSuccess: (next) => {
      client.setQueryData(taskQuery(task.id).queryKey, next);
      onPlaced();
    },
  });
  return (
    <div className="placing">
      <div className="stack-tight">
        <div className="row-spread">
          <Button icon="left" disabled={shown <= 1} onClick={() => setShown(shown - 1)}>
            {t.previous}
          </Button>
          <span className="figures">{t.at(shown, last)}</span>
          <Button icon="right" disabled={shown >= last} onClick={() => setShown(shown + 1)}>
            {t.next}
          </Button>
        </div>
        <PageStage
          page={page}
          picture={pagePicture(task.id, { number: shown, sha256 })}
          selected={selected}
          onSelect={setSelected}
          onMove={(index, place) => change(index, { ...places[index]!, place })}
          seals={places.flatMap((values, index) =>
            isOnPage(values, shown, last)
              ? [{ index, sealId: seal.id, width: seal.width, height: seal.height, place: values.place }]
              : [],
          )}
        />
      </div>
      <form
        className="card stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && !save.isPending) save.mutate();
        }}
      >
        <SelectField
          name="seal"
          label={t.seal}
          value={seal.id}
          onValue={setSealId}
          options={seals.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {places.map((values, index) => (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is known by its number
            key={index}
            className={index === selected ? 'place place-selected' : 'place'}
            onFocus={() => setSelected(index)}
          >
            <legend>{t.item(index + 1)}</legend>
            <PlaceFields
              name={`place-${index}`}
              values={values}
              last={last}
              onChange={(next) => change(index, next)}
            />
            {places.length > 1 ? (
              <Button
                kind="quiet"
                icon="close"
                onClick={() => {
                  setPlaces(places.filter((_, at) => at !== index));
                  setSelected(0);
                }}
              >
                {t.remove}
              </Button>
            ) : null}
          </fieldset>
        ))}
        <Button
          icon="plus"
          onClick={() => {
            setPlaces([...places, firstPlace(page, seal, shown)]);
            setSelected(places.length);
          }}
        >
          {t.add}
        </Button>
        <Choices
          name="caption"
          label={t.captionLabel}
          options={[{ value: 'on', label: t.caption }]}
          values={caption ? ['on'] : []}
          onValues={(values) => setCaption(values.length > 0)}
        />
        <p className="faint">{t.dragHint}</p>
        {save.error ? <ProblemBox error={save.error} /> : null}
        <Button type="submit" kind="primary" busy={save.isPending} disabled={!complete}>
          {t.confirmPlace}
        </Button>
      </form>
    </div>
  );
}
