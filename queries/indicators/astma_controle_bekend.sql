/*
titel: Astmacontrole bekend bij astma
vraag: Bij welk deel van de mensen met astma in de ketenzorg is de astmacontrole in de laatste 12 maanden vastgelegd?
waarom: Klachten wennen; een vragenlijst laat zien of het astma echt onder controle is.
teller: Patiënten uit de noemer met een uitslag van de ACT, de ACQ of de mate van astmacontrole (3555, 3602 of 4025) in het venster.
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
begrippen: astmacontrole
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
    where concept = 'astmacontrole'
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
voorbeeld: elke vragenlijst is genoeg; de eerste dag van het venster telt, een dag eerder niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

episodes
patient_id | icpc | start_date
1          | R96  | 2015-05-01
2          | R96  | 2015-05-01
3          | R96  | 2015-05-01
4          | R96  | 2015-05-01

programmes
patient_id | programme | start_date
1          | ASTMA     | 2016-01-01
2          | ASTMA     | 2016-01-01
3          | ASTMA     | 2016-01-01
4          | ASTMA     | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value | answer
1          | 3555       | 2022-01-01  | 22    |
2          | 3602       | 2022-06-01  | 0.8   |
3          | 4025       | 2022-12-31  |       | goed
4          | 3555       | 2021-12-31  | 19    |

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 4
2022-12-01   | 3         | 4
*/
