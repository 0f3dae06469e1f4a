/*
titel: HbA1c boven 64 bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg is het laatste HbA1c van de afgelopen 12 maanden hoger dan 64 mmol/mol?
waarom: Boven 64 mmol/mol groeit de kans op complicaties; deze mensen hebben het eerst extra aandacht nodig.
teller: Patiënten uit de noemer met een laatste HbA1c boven 64 mmol/mol (2816, 3266 of 3754).
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode T90.02, minstens 12 maanden in het DM2-programma met de huisarts als hoofdbehandelaar (of leeg), met een HbA1c in het venster.
uitsluitingen: Wie in het venster geen HbA1c heeft; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: lager
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: dm2
begrippen: hba1c
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG-Standaard Diabetes mellitus type 2; NHG/InEen-indicatoren
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

patients_in_care as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from chronic_months
    where care = 'dm'
),

measured as (
    select
        patient_id,
        first_index,
        next_index,
        value
    from latest_values
    where concept = 'hba1c'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(*) filter (where measured.value > 64) as numerator,
        count(*) as denominator
    from patients_in_care
    inner join measured
        on
            patients_in_care.patient_id = measured.patient_id
            and patients_in_care.period_index >= measured.first_index
            and patients_in_care.period_index < measured.next_index
            and patients_in_care.period_index < measured.first_index + 12
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: 64 telt niet, 65 wel; een later lager HbA1c wist het hogere uit; wie geen HbA1c heeft staat niet in de noemer
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01
4          | T90.02 | 2015-05-01
5          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date
1          | DM2       | 2016-01-01
2          | DM2       | 2016-01-01
3          | DM2       | 2016-01-01
4          | DM2       | 2016-01-01
5          | DM2       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 2816       | 2022-06-01  | 64
2          | 2816       | 2022-06-01  | 65
3          | 2816       | 2022-03-01  | 80
3          | 2816       | 2022-09-01  | 50
4          | 2816       | 2021-12-31  | 90
5          | 3754       | 2022-06-01  | 70
5          | 2816       | 2022-06-01  | 60

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 5
2022-12-01   | 1         | 4
*/
