/*
titel: Rookstatus bekend bij astma
vraag: Bij welk deel van de mensen met astma in de ketenzorg is in de laatste 12 maanden naar roken gevraagd?
waarom: Roken maakt astma erger en de inhalator minder werkzaam; dat begint met vragen.
teller: Patiënten uit de noemer met een antwoord op roken (1739 of 4013) in het venster, welk antwoord ook.
noemer: Vast ingeschreven, 16 jaar of ouder, actieve episode R96 (niet R96.01), minstens 12 maanden in het astmaprogramma met de huisarts als hoofdbehandelaar (of leeg).
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
vakgroep: astma-copd
aandoeningen: astma
begrippen: roken
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren astma
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
    where care = 'astma'
),

measured as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'roken'
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
voorbeeld: wie dit jaar 16 wordt telt mee, wie 15 wordt niet; R96.01 telt niet mee; een antwoord van voor het venster telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 2006
2          | 2007
3          | 1950
4          | 1950

episodes
patient_id | icpc   | start_date
1          | R96    | 2015-05-01
2          | R96    | 2015-05-01
3          | R96.01 | 2015-05-01
4          | R96    | 2015-05-01

programmes
patient_id | programme | start_date
1          | ASTMA     | 2016-01-01
2          | ASTMA     | 2016-01-01
3          | ASTMA     | 2016-01-01
4          | ASTMA     | 2016-01-01

measurements
patient_id | nhg_number | measured_on | answer
1          | 1739       | 2022-01-01  | nooit
2          | 1739       | 2022-06-01  | nooit
3          | 1739       | 2022-06-01  | rookt
4          | 4013       | 2021-12-31  | gestopt

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 2
2022-12-01   | 1         | 2
*/
