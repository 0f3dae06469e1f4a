/*
titel: HbA1c gemeten bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg is het HbA1c in de laatste 12 maanden gemeten?
waarom: Zonder recente meting is niet te zien of de behandeling werkt.
teller: Patiënten uit de noemer met een HbA1c in het venster.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode T90.02, minstens 12 maanden in het DM2-programma met de huisarts als hoofdbehandelaar (of leeg).
uitsluitingen: Passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: proces
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
referentie: NHG/InEen-indicatoren diabetes mellitus type 2
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
        next_index
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
        count(measured.patient_id) as numerator,
        count(*) as denominator
    from patients_in_care
    left join measured
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
voorbeeld: een meting op de eerste dag van het venster telt, een dag eerder niet
periode: 2022-12

patients
patient_id | birth_year | registered_from
1          | 1950       | 2010-01-01
2          | 1950       | 2010-01-01
3          | 1950       | 2010-01-01

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.01 | 2015-05-01

programmes
patient_id | programme | start_date | main_clinician
1          | DM2       | 2016-01-01 | huisarts
2          | DM2       | 2016-01-01 |
3          | DM2       | 2016-01-01 | huisarts

measurements
patient_id | nhg_number | measured_on | value
1          | 2816       | 2022-01-01  | 48
2          | 2816       | 2021-12-31  | 48
3          | 2816       | 2022-06-01  | 48

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 2
*/

/*
voorbeeld: korter dan 12 maanden in het programma, of bij de specialist, telt niet mee
periode: 2022-12

patients
patient_id | birth_year | registered_from
1          | 1950       | 2010-01-01
2          | 1950       | 2010-01-01
3          | 1950       | 2010-01-01

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date | main_clinician
1          | DM2       | 2021-12-31 | huisarts
2          | DM2       | 2022-01-01 | huisarts
3          | DM2       | 2016-01-01 | specialist

verwacht
period_start | numerator | denominator
2022-12-01   | 0         | 1
*/
