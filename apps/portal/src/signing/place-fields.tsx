import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { SelectField, TextField } from '../ui/form.tsx';
import { type Edge, type Mode, type PlaceValues, placementOf } from './placement-values.ts';

const MODES: readonly Mode[] = ['single', 'some', 'all', 'straddle'];
const EDGES: readonly Edge[] = ['right', 'left', 'top', 'bottom'];

type PlaceFieldsProps = {
  name: string;
  values: PlaceValues;
  last: number;
  onChange: (values: PlaceValues) => void;
};

const millimetres = (text: string): number => Math.max(0, Number.parseFloat(text) || 0);

/** One place in figures: for whoever does not drag. */
export function PlaceFields({ name, values, last, onChange }: PlaceFieldsProps) {
  const t = useTexts(signing);
  const set = (change: Partial<PlaceValues>) => onChange({ ...values, ...change });
  const { mode, place } = values;
  return (
    <div className="stack-tight">
      <SelectField
        name={`${name}-mode`}
        label={t.mode}
        value={mode}
        onValue={(next) => set({ mode: MODES.find((one) => one === next) ?? 'single' })}
        options={MODES.filter((one) => one !== 'straddle' || last > 1).map((value) => ({
          value,
          label: t.modes[value],
        }))}
      />
      {mode === 'single' || mode === 'some' ? (
        <TextField
          name={`${name}-pages`}
          label={t.pageList}
          hint={mode === 'some' ? t.pageListHint : undefined}
          value={values.pages}
          onValue={(pages) => set({ pages })}
          error={placementOf(values, last) === undefined ? t.pageListWrong : undefined}
        />
      ) : null}
      {mode === 'straddle' ? (
        <div className="field-pair">
          <SelectField
            name={`${name}-edge`}
            label={t.edge}
            value={values.edge}
            onValue={(next) => set({ edge: EDGES.find((one) => one === next) ?? 'right' })}
            options={EDGES.map((value) => ({ value, label: t.edges[value] }))}
          />
          <TextField
            name={`${name}-offset`}
            label={t.offset}
            type="number"
            min={0}
            value={String(values.offset)}
            onValue={(text) => set({ offset: millimetres(text) })}
          />
        </div>
      ) : (
        <div className="field-pair">
          <TextField
            name={`${name}-x`}
            label={t.x}
            type="number"
            min={0}
            step="0.1"
            value={String(place.x)}
            onValue={(text) => set({ place: { ...place, x: millimetres(text) } })}
          />
          <TextField
            name={`${name}-y`}
            label={t.y}
            type="number"
            min={0}
            step="0.1"
            value={String(place.y)}
            onValue={(text) => set({ place: { ...place, y: millimetres(text) } })}
          />
        </div>
      )}
    </div>
  );
}
