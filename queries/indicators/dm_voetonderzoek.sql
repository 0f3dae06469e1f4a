/*
titel: Voetonderzoek gedaan bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg zijn de voeten in de laatste 12 maanden onderzocht?
waarom: Een voetwond is te voorkomen wanneer het risico op tijd bekend is.
teller: Patiënten uit de noemer met een bepaling van het voetonderzoek (2196, 1710, 1711, 1641, 1642, 1697 of 1698) in het venster.
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
begrippen: voet
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
    where concept = 'voet'
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
voorbeeld: elke bepaling van het voetonderzoek is genoeg, een antwoord nee ook; linker- en rechtervoet zijn samen één patiënt
periode: 2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

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
patient_id | nhg_number | measured_on | value | answer
1          | 1710       | 2022-05-01  | 1     |
1          | 1711       | 2022-05-01  | 1     |
2          | 2196       | 2022-01-01  | 0     |
3          | 1697       | 2022-06-01  |       | nee
4          | 2196       | 2021-12-31  | 1     |

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 4
*/
