/*
titel: HbA1c tot en met 53 bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg is het laatste HbA1c van de afgelopen 12 maanden 53 mmol/mol of lager?
waarom: Een HbA1c tot en met 53 mmol/mol hoort bij een kleinere kans op complicaties.
teller: Patiënten uit de noemer met een laatste HbA1c van 53 mmol/mol of lager.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode T90.02, minstens 12 maanden in het DM2-programma, met een HbA1c in het venster.
uitsluitingen: Wie in het venster geen HbA1c heeft; passanten; wie de specialist als hoofdbehandelaar heeft.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
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
        count(*) filter (where measured.value <= 53) as numerator,
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
voorbeeld: alleen de laatste waarde telt; op dezelfde dag gaat 2816 voor, dan de hoogste
periode: 2022-12

patients
patient_id | birth_year | registered_from
1          | 1950       | 2010-01-01
2          | 1950       | 2010-01-01
3          | 1950       | 2010-01-01
4          | 1950       | 2010-01-01

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01
4          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date
1          | DM2       | 2016-01-01
2          | DM2       | 2016-01-01
3          | DM2       | 2016-01-01
4          | DM2       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 2816       | 2022-03-01  | 60
1          | 2816       | 2022-09-01  | 53
2          | 2816       | 2022-09-01  | 54
2          | 3754       | 2022-09-01  | 40
3          | 2816       | 2022-09-01  | 50
3          | 2816       | 2022-09-01  | 55

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 3
*/
