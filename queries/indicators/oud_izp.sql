/*
titel: Individueel zorgplan bij 75-plussers
vraag: Welk deel van de patiënten van 75 jaar en ouder heeft in de laatste 12 maanden een individueel zorgplan gekregen of bijgewerkt?
waarom: Een zorgplan legt vast wat de oudere zelf belangrijk vindt en wie wat doet.
teller: Patiënten uit de noemer met een bepaling individueel zorgplan (3882) in het HIS of een zorgplan IZP in VIPLive, in het venster.
noemer: Vast ingeschreven patiënten van 75 jaar of ouder.
uitsluitingen: Passanten; jonger dan 75 jaar; plannen MDO en MBO.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 35
vakgroep: ouderenzorg
aandoeningen:
begrippen: izp
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-zorgplannen
referentie: Koers 2024, thema 35 Gestructureerde ouderenzorg; InEen-indicatoren ouderenzorg (2023)
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

elderly as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from registered_months
    where age >= 75
),

planned as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'izp'
),

final as (
    select
        elderly.practice_id,
        elderly.area_id,
        elderly.age_band,
        elderly.sex,
        elderly.period_start,
        count(planned.patient_id) as numerator,
        count(*) as denominator
    from elderly
    left join planned
        on
            elderly.patient_id = planned.patient_id
            and elderly.period_index >= planned.first_index
            and elderly.period_index < planned.next_index
            and elderly.period_index < planned.first_index + 12
    group by elderly.practice_id, elderly.area_id, elderly.age_band, elderly.sex, elderly.period_start
)

select * from final

/*
voorbeeld: HIS of VIPLive is genoeg en samen één patiënt; een MDO is geen zorgplan; de eerste dag van het venster telt, een dag eerder niet, het antwoord maakt niet uit
periode: 2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1940
3          | 1940
4          | 1940
5          | 1940

measurements
patient_id | nhg_number | measured_on | answer
5          | 3882       | 2022-01-01  | nee
1          | 3882       | 2022-01-01  | ja
4          | 3882       | 2021-12-31  | ja

care_plans
patient_id | planned_on | kind
1          | 2022-06-01 | IZP
2          | 2022-12-31 | IZP
3          | 2022-06-01 | MDO

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 5
*/

/*
voorbeeld: het jaar waarin iemand 75 wordt telt heel mee, het jaar ervoor niet
periode: 2022-12..2023-01

patients
patient_id | birth_year
1          | 1947
2          | 1948

care_plans
patient_id | planned_on | kind
1          | 2022-06-01 | IZP
2          | 2022-06-01 | IZP

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 1
2023-01-01   | 2         | 2
*/
